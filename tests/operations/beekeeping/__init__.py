"""养蜂示例: an area made up for a test, which is put into a copy of the program and nothing else is changed."""
