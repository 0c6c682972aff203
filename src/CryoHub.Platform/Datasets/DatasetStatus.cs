namespace CryoHub.Platform.Datasets;

/// <summary>
/// Receiving: bytes still arrive, shown to nobody but the uploader's page. Received: whole, waiting for ingest. Ready: signals can be seen.
/// Unreadable: kept and downloadable, no reader could open it. Quarantined: another SHA-256 than the sender's.
/// </summary>
public enum DatasetStatus { Receiving, Received, Ready, Unreadable, Quarantined }
