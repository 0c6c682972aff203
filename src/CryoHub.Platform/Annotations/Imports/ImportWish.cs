namespace CryoHub.Platform.Annotations.Imports;

/// <summary>A file of shapes, and what a person wants done with it.</summary>
/// <param name="FileName">As the person's machine calls it; it also tells the format where the bytes do not.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="MakeClasses">Make the classes that the project lacks; else their shapes come without a class.</param>
/// <param name="LeaveOut">Draw the others where some shapes cannot be drawn; else nothing is drawn then.</param>
public sealed record ImportWish(string FileName, ReadOnlyMemory<byte> Bytes, bool MakeClasses = false, bool LeaveOut = false);
