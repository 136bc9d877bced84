.text
.globl solo5_app_main
solo5_app_main: nop
.section .init, "ax"
nop
