using Threadwell.Evidence;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>What sex and ageing change in the shape of the template head. All lengths in mm.</summary>
internal sealed record HeadForm
{
    /// <summary>0 for the average woman, 1 for the average man.</summary>
    public required double Masculinity { get; init; }

    /// <summary>Descent of soft tissue on the scale of laxity: 0 none, 1 mild, 2 moderate, 3 marked, 4 severe.</summary>
    public required double Sag { get; init; }

    /// <summary>Descent of the jowl below its youthful place.</summary>
    public double JowlDescent => Sag * EvidenceCatalogue.Value("virtual-patient.jowl-descent-per-grade", "mm");

    /// <summary>Added half height of the jowl.</summary>
    public double JowlFullness => Sag * EvidenceCatalogue.Value("virtual-patient.jowl-fullness-per-grade", "mm");

    /// <summary>Added depth of the nasolabial fold.</summary>
    public double FoldDepth => Sag * EvidenceCatalogue.Value("virtual-patient.nasolabial-depth-per-grade", "mm");

    /// <summary>Descent of the brow.</summary>
    public double BrowDescent => Sag * EvidenceCatalogue.Value("virtual-patient.brow-descent-per-grade", "mm");

    /// <summary>Descent of the soft tissue under the chin.</summary>
    public double SubmentalDescent => Sag * EvidenceCatalogue.Value("virtual-patient.submental-descent-per-grade", "mm");

    /// <summary>The form of a person.</summary>
    public static HeadForm Of(VirtualPatientTraits traits) => new()
    {
        Masculinity = traits.Sex == Sex.Male ? 1 : 0,
        Sag = SagOf(traits),
    };

    /// <summary>Laxity in grades, with what age alone adds.</summary>
    public static double SagOf(VirtualPatientTraits traits)
    {
        double decades = Math.Max(0, (traits.AgeYears - EvidenceCatalogue.Value("virtual-patient.sag-onset-age", "year")) / 10);
        return (int)traits.Laxity + (decades * EvidenceCatalogue.Value("virtual-patient.sag-per-decade", "1"));
    }
}
