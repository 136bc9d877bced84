	.section .ukgen
	.ascii "{}"
