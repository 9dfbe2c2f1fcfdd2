"""What can be worked out from text alone: sentences, quotations, speakers, people, stories, ranking."""
