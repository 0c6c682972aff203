import "./custody.css";
