using System.Text.Json;

namespace CryoHub.Platform.Results;

/// <summary>One item as the result page draws it; pixels and files are fetched by index.</summary>
public sealed record ResultItemRow(int Index, ResultKind Kind, string Name, JsonElement Content, bool HasObject, bool HasThumbnail);
