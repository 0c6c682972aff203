namespace CryoHub.Web.Features.Exports;

/// <summary>A format to export to, or why it cannot hold the signal.</summary>
/// <param name="Extension">With the dot.</param>
/// <param name="Writes">What such a file holds, in a line.</param>
/// <param name="Refusal">Why it cannot hold this signal, in a sentence; <c>null</c> where it can.</param>
public sealed record ExportFormat(string Extension, string Writes, string? Refusal);
