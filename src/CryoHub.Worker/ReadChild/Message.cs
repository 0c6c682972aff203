namespace CryoHub.Worker.ReadChild;

/// <summary>Kinds of messages on the two pipes: one kind byte, the payload's length as a little-endian 32-bit number, the payload.</summary>
internal enum Message : byte
{
    // Parent to child.
    Open = 1,     // length of the file (8 bytes), its name in UTF-8
    Frame,        // signal (4), frame (8)
    Bytes,        // the bytes asked for
    Length,       // length of a sibling (8), -1 where there is none

    // Child to parent.
    Detected,     // the format's key
    Headers,      // JSON
    Pixels,       // one frame
    Problem,      // kind (1), words in UTF-8
    NeedBytes,    // source (4; 0 is the file itself, siblings follow in the order they were asked for), offset (8), count (4)
    NeedSibling,  // a name in UTF-8
}
