# x -- has a line that never counts

api       x_paint if GREEN
