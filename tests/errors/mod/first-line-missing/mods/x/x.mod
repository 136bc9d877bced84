hypercall f()
