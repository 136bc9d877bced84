-- tables.lua -- 84 MB of tables and strings
local rows = {}
for i = 1, 550000 do rows[i] = { i, tostring(i) } end
assert(#rows == 550000)
