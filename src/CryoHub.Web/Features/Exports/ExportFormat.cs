namespace CryoHub.Web.Features.Exports;

/// <summary>A format that can hold the signal.</summary>
/// <param name="Extension">With the dot.</param>
/// <param name="Writes">What such a file holds, in a line.</param>
public sealed record ExportFormat(string Extension, string Writes);
