# memory_return -- pages of the heap, given back to the host until they are written to again

api       uk_memory_return
hypercall memory_return(out u8 pages[size], u64 size)
header    sys/mman.h
syscall   madvise(_, _, MADV_DONTNEED=4) for memory_return    # frees them
