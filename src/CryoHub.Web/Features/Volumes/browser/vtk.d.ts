// The package types all we use but this filter.
declare module "@kitware/vtk.js/Filters/General/ImageMarchingCubes" {
  import type { vtkAlgorithm, vtkObject } from "@kitware/vtk.js/interfaces";
  interface ImageMarchingCubes extends vtkObject, vtkAlgorithm { setContourValue(value: number): boolean }
  const factory: { newInstance(values: { contourValue: number; computeNormals: boolean; mergePoints: boolean }): ImageMarchingCubes };
  export default factory;
}
