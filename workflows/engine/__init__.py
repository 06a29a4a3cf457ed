"""viewflow as token engine: our nodes, our activations, our lock. Nothing here knows the business."""
