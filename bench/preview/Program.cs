using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Preview.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["speed"]:
        SpeedStudy.Run(Cases.HeadAreas);
        return 0;
    case ["speed", string area] when Enum.TryParse(area, out TreatmentArea dragged):
        SpeedStudy.Run([dragged]);
        return 0;
    case ["error", string area, .. string[] coarsenings] when Enum.TryParse(area, out TreatmentArea treated):
        ErrorStudy.Run(treated, coarsenings);
        return 0;
    case ["propose"]:
        ProposeStudy.Run(Cases.HeadAreas);
        return 0;
    case ["propose", string area] when Enum.TryParse(area, out TreatmentArea wished):
        ProposeStudy.Run([wished]);
        return 0;
    default:
        Console.Error.WriteLine("usage: speed [AREA] | propose [AREA] | error AREA [COARSENING ...]");
        return 2;
}
