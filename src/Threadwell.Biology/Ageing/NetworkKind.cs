namespace Threadwell.Biology;

/// <summary>The load-bearing networks of a tissue, each with its own birth and death (design: a constrained mixture).</summary>
public enum NetworkKind
{
    /// <summary>Elastin of youth: never made again, fragments slowly.</summary>
    Elastin,

    /// <summary>Collagen that was there before treatment, renewed over years.</summary>
    OriginalCollagen,

    /// <summary>Ground matrix, renewed over weeks.</summary>
    GroundMatrix,

    /// <summary>Collagen made round threads.</summary>
    NewCollagen,

    /// <summary>Elastin made round threads; no human measurement exists.</summary>
    NewElastin,
}
