"""What is read off the text alone: quotation marks, datelines, and line ends that end no paragraph."""
