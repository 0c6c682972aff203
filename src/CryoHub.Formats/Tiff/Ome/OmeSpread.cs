namespace CryoHub.Formats.Tiff.Ome;

/// <summary>
/// Where the planes of a description are: in its own file, page by page; on other pages or in other files, all of them there; or not all of them there.
/// </summary>
internal enum OmeSpread { None, Complete, Incomplete }
