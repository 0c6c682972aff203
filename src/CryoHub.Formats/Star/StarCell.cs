namespace CryoHub.Formats.Star;

/// <summary>Where a value stands in the file's bytes, without its quotes.</summary>
internal readonly record struct StarCell(int Start, int Length, bool IsQuoted);
