namespace Threadwell.Biology;

/// <summary>The tissue response at one station of a thread at the times asked for. All arrays have one entry a time.</summary>
public sealed record TissueResponseCourse
{
    /// <summary>Times, days since insertion.</summary>
    public required double[] TimesDays { get; init; }

    /// <summary>Inflammatory macrophages, in units of the number that one insertion recruits in a day.</summary>
    public required double[] Inflammation { get; init; }

    /// <summary>Reparative macrophages, same unit.</summary>
    public required double[] ReparativeMacrophages { get; init; }

    /// <summary>TGF-beta, in units of what one unit of reparative macrophages holds up.</summary>
    public required double[] GrowthFactor { get; init; }

    /// <summary>Fibroblasts above the tissue's own, unit of macrophages.</summary>
    public required double[] Fibroblasts { get; init; }

    /// <summary>Myofibroblasts, same unit.</summary>
    public required double[] Myofibroblasts { get; init; }

    /// <summary>New collagen of type III, mg per mm of thread.</summary>
    public required double[] CollagenIII { get; init; }

    /// <summary>New collagen of type I, mg per mm of thread.</summary>
    public required double[] CollagenI { get; init; }

    /// <summary>New elastin, mg per mm of thread; no human measurement exists.</summary>
    public required double[] Elastin { get; init; }

    /// <summary>New collagen of both types, mg per mm of thread.</summary>
    public required double[] Collagen { get; init; }

    /// <summary>New collagen being made, both types, mg per mm and day: the birth rate b of dm/dt = b − d m.</summary>
    public required double[] CollagenSynthesisRate { get; init; }

    /// <summary>New elastin being made, mg per mm and day.</summary>
    public required double[] ElastinSynthesisRate { get; init; }

    /// <summary>New collagen made since insertion, mg per mm; what is there is what was made less what was lost.</summary>
    public required double[] CollagenMade { get; init; }

    /// <summary>New collagen lost since insertion, mg per mm.</summary>
    public required double[] CollagenLost { get; init; }

    /// <summary>Rate d at which new collagen of both types dies, 1/d.</summary>
    public required double CollagenTurnoverPerDay { get; init; }

    /// <summary>Rate d at which new elastin dies, 1/d.</summary>
    public required double ElastinTurnoverPerDay { get; init; }
}
