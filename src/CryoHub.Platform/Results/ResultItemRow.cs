using System.Text.Json;

namespace CryoHub.Platform.Results;

/// <summary>One item as the result page draws it; pixels and files are fetched by index. A picture or volume is a data set too, unless that was thrown away.</summary>
public sealed record ResultItemRow(int Index, ResultKind Kind, string Name, JsonElement Content, bool HasObject, bool HasThumbnail, Guid? DatasetId);
