"""Places and what is missing there: communes, territories, distances, needs that somebody stated."""
