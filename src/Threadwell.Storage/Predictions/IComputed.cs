namespace Threadwell.Storage.Predictions;

/// <summary>A row whose files a job computes; its key is the job's.</summary>
public interface IComputed
{
    /// <summary>How far it has come.</summary>
    PredictionState State { get; set; }

    /// <summary>Why it could not be computed; null unless so.</summary>
    string? Problem { get; set; }
}
