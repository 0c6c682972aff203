namespace CryoHub.Formats.Zip;

/// <summary>One file of an archive, as the directory describes it.</summary>
internal sealed record ZipMember(string Name, int Method, long PackedBytes, long Bytes, long Offset);
