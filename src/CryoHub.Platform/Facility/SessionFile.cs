namespace CryoHub.Platform.Facility;

/// <param name="AcquiredAt">As the file says.</param>
/// <param name="CorrectedAt">When it was, with the computer's clock put right.</param>
/// <param name="IsIn">Belongs to the session already.</param>
public sealed record SessionFile(Guid DatasetId, string Name, DateTimeOffset AcquiredAt, DateTimeOffset CorrectedAt, bool IsIn);
