# probe -- a call for each kind of parameter, for tests of the generated code

api       probe_sum probe_fill probe_copy probe_double
hypercall probe_sum(in u64 words[count], u16 count, out u64 sum)
hypercall probe_fill(out u32 words[count], u64 count, u8 value)
hypercall probe_copy(in u8 from[size], out u8 to[size], u64 size)
hypercall probe_double(inout u16 words[count], u32 count)
