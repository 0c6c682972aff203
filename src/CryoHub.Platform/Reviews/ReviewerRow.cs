using System.Text.Json.Serialization;

namespace CryoHub.Platform.Reviews;

/// <summary>One person's part of a review.</summary>
/// <param name="LayerId">The painted layer; <c>null</c> while it is not to be seen.</param>
/// <param name="LabelsId">The data set that the labels are or become. Not told outside: whoever knew it beforehand could put other labels there.</param>
/// <param name="IsReady">That data set has been read.</param>
/// <param name="IsMe">The person asking.</param>
/// <param name="IsTruth">The layer is marked as ground truth.</param>
public sealed record ReviewerRow(Guid UserId, string Name, DateTimeOffset? HandedInAt, Guid? LayerId, [property: JsonIgnore] Guid LabelsId, bool IsReady, bool IsMe, bool IsTruth);
