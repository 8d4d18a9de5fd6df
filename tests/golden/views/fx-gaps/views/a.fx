view orderHistory { main { h1 "Orders" } }
view "Order History" "Orders" { main { h1 "Orders" } }
