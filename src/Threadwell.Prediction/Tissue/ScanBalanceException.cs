namespace Threadwell.Prediction;

/// <summary>The scan could not be balanced under gravity.</summary>
/// <param name="message">How far it still moves.</param>
public sealed class ScanBalanceException(string message) : Exception(message);
