local a <const>, b <close> = 1, nil
local function f(x, ...) local y = ...; return x, y, ... end
function g.h.i:j(k) return self, k end
goto over
::over:: do local z = 0x10 // 3 | ~5 & 7 << 2 >> 1 .. "x\z
   y\u{4F60}\x41\65\n" ^ -2 ^ 3 end
for i = 1, 10, 2 do if i == 3 then break elseif i ~= 4 then goto continue else end ::continue:: end
for k, v in pairs { 1, a = 2, ["b"] = 3; [4] = 5, } do print(k, v) end
while not (a and b or c) do repeat local q = 1e3 until q >= .5 end
t.x, t[1], u = 3.5, 0x1p4, #t - -1
f "a" { b } [[long
string]] :m(1) .c = nil
local s = [==[
]] ]=] ]==]
--[[ comment
]] --[=[ x ]] ]=]
::done::
return
