namespace CryoHub.Platform.Reviews;

/// <summary>One person's part of a review.</summary>
/// <param name="LayerId">The painted layer; <c>null</c> while it is not to be seen.</param>
/// <param name="LabelsId">The data set that the labels are or become.</param>
/// <param name="IsReady">That data set has been read.</param>
/// <param name="IsMe">The person asking.</param>
public sealed record ReviewerRow(Guid UserId, string Name, DateTimeOffset? HandedInAt, Guid? LayerId, Guid LabelsId, bool IsReady, bool IsMe);
