namespace CryoHub.Worker.Jobs;

/// <summary>An object that must be there; a zarr group, whose root document must; an object that may come; all that a running job may write.</summary>
internal enum NamedAs { Object, Group, Expected, Busy }
