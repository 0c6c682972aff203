import "./facility.css";
