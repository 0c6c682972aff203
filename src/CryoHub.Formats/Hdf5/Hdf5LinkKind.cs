namespace CryoHub.Formats.Hdf5;

/// <summary>H5L_type_t.</summary>
internal enum Hdf5LinkKind { Hard = 0, Soft = 1, External = 64 }
