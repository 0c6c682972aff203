namespace CryoHub.Platform.Annotations;

/// <summary>A file of shapes to take away.</summary>
public sealed record ShapeExport(byte[] Bytes, string FileName, string MediaType);
