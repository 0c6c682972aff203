namespace CryoHub.Worker.Jobs;

/// <summary>A difference between rows and objects: an object without a row, or a row without its object.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="MissingFrom">For a row without its object: the key that the row states.</param>
/// <param name="ChangedAt">For an object without a row: when it was written.</param>
internal readonly record struct StoreFinding(string Key, string? MissingFrom, DateTimeOffset ChangedAt);
