// Cannot be loaded, as it throws.
throw new RangeError('not today');
