namespace CryoHub.Formats.Gwyddion;

/// <summary>Numbers that were left in the file.</summary>
/// <param name="Type">D: doubles, I and Q: integers, C: characters.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Count">How many.</param>
internal sealed record GwyArray(char Type, long Offset, long Count);
