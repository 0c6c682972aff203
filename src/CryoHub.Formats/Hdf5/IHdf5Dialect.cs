using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>A program's way of laying out an HDF5 file; asked after opening.</summary>
internal interface IHdf5Dialect
{
    FormatInfo Format { get; }

    /// <summary>Cheap: a look at a few names and attributes.</summary>
    bool Knows(Hdf5File file, string fileName);

    /// <summary>Headers only. The signals keep the file open.</summary>
    IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source);
}
