# x -- has a line that never counts

api       x_race if X_FASTR   # quick
