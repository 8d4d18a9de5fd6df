integration maps {
