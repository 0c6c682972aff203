using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>A program's way of laying out an HDF5 file; asked after opening.</summary>
internal interface IHdf5Dialect
{
    /// <summary><c>null</c> where the file is not of this dialect.</summary>
    IReadOnlyList<ISignal>? Open(Hdf5File file, string fileName);
}
