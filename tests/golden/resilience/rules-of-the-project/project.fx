project p { rules { budget error  alert-never off } }
