namespace CryoHub.Platform.Labs;

public sealed record LabRow(Guid Id, string Name, LabRole Role, int Members, int Projects);
