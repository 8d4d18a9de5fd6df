project p { use stdlib }
