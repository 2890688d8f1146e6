"""Documents to paragraphs: Word, LibreOffice, RTF, PDF, HTML, plain text."""
