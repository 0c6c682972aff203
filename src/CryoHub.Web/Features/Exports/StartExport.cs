namespace CryoHub.Web.Features.Exports;

/// <param name="Format">Ending of one of the formats that can hold the signal, with the dot.</param>
public sealed record StartExport(string Format);
